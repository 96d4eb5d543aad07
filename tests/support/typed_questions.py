"""A question typed into the page, as the tests in a browser do it."""

from playwright.sync_api import Page, expect


def ask(page: Page, question: str) -> None:
    """Type a question once the page takes one, and send it."""
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_enabled()
    box.fill(question)
    box.press("Enter")
