"""The pages for staff that are alike for every mechanism: my work, cases, one case, its steps."""
