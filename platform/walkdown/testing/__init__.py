"""Fakes and conformance suites for every port; never imported by the product itself."""
