"""A question typed into the page and a language chosen, as the tests in a browser do it."""

from playwright.sync_api import Page, expect


def ask(page: Page, question: str) -> None:
    """Type a question once the page takes one, and send it."""
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    box.fill(question)
    box.press("Enter")


def speak(page: Page, language: str) -> None:
    """Choose the language of the screen by its name."""
    page.get_by_test_id("stSelectbox").click()
    page.get_by_role("option", name=language).click()
