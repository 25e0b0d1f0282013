"""`ganger bench`: what requests cost here, side by side with other ways to serve them."""

from tools.bench.bench import bench

__all__ = ["bench"]
