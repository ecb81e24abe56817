"""A real browser without a screen, which must load nothing but the page that it is given."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
FLAGS.append("--host-resolver-rules=MAP * ~NOTFOUND")


def start_browser() -> Iterator[Any]:
    """Open a real browser without a screen."""
    why = "no chromium and chromedriver here" if not (CHROMIUM and DRIVER) else ""
    if not why:
        try:
            import selenium  # noqa: F401
        except ImportError:
            why = "no selenium here"
    if why:
        assert os.environ.get("MIGSTATS_BROWSER") != "required", why
        pytest.skip(why)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_page_load_timeout(120)
    yield driver
    driver.quit()


def open_page(browser: Any, page: str, folder: Path, width: int = 1100) -> None:
    """Open a page of its own, and see that it loads nothing and complains of nothing."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    sizes = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)
    browser.get(path.as_uri())
    sent = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {one["params"]["request"]["url"] for one in sent if one["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}
    assert browser.get_log("browser") == []
