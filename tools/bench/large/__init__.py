"""The inventory of a practice that is a hundred times as large as the demo's: `ganger bench --large`."""

from tools.bench.large.bench import bench_large

__all__ = ["bench_large"]
