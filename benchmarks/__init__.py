"""What the product's speed is measured with; results stand in docs/performance.md."""
