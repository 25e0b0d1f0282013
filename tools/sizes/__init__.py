"""What every worker uploads, beside its budget; why a module is in it, and which one grew."""

from tools.sizes.report import Measured, as_table, over_budget
from tools.sizes.sizes import explain, measure, report_sizes

__all__ = ["Measured", "as_table", "explain", "measure", "over_budget", "report_sizes"]
