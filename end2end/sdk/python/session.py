"""Runs every family against the simulator, and prints one line of JSON for each test that ends."""

import json
import sys
import traceback
import unittest

import line

FAMILIES = [
    "account",
    "messages",
    "content",
    "people",
    "rich_menus",
    "audiences",
    "insights",
    "coupons",
    "tokens",
    "webhooks",
    "at_once",
    "partners",
    "whole",
]


class Told(unittest.TestResult):
    """Says on standard output how each test ended."""

    def tell(self, test, **how):
        print(json.dumps({"name": test.id(), **how}), flush=True)

    def addSuccess(self, test):
        self.tell(test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.tell(test, wrong="".join(traceback.format_exception(*error)))

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self.tell(test, wrong=f"{subtest}\n{''.join(traceback.format_exception(*error))}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.tell(test, skipped=reason)


if __name__ == "__main__":
    line.watch()
    families = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:] or FAMILIES)
    told = Told()
    families.run(told)
    sys.exit(0 if told.wasSuccessful() else 1)
