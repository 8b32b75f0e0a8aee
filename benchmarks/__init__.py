"""Speed and memory as ratios against something else in the same run."""
