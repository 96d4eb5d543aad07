"""How many wrong claims the checks catch, and how many right ones they strike: right claims, mutated."""
