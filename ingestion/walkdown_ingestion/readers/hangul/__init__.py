"""Documents of the Hangul word processor: HWPX (zipped XML) and HWP 5 (compound file)."""
