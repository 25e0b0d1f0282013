"""What pages cost in Chromium on a slow phone, for `ganger bench --browser` and the budgets in the tests."""

from tools.bench.browser.bench import bench_browser

__all__ = ["bench_browser"]
