"""Where the work on documents is done: in this process and its child, or on a cluster."""
