"""Nothing was left out."""

import os

import line


class Whole(line.unittest.TestCase):
    def test_every_operation_of_the_sdk_was_called(self):
        known = {f"{api.__name__}.{name}" for _, api in line.CLIENTS for name in line.operations(api)}
        if os.environ.get("INSIGHT") != "1":
            known = {name for name in known if not name.startswith("Insight.")}
        self.assertGreater(len(known), 100)
        self.assertEqual(sorted(known - line.called), [])
