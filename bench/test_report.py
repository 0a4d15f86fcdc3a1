"""Tests of report.py and options.py: python3 -m unittest discover -s bench."""
import unittest

try:
    import numpy as np
    import report
except ImportError:
    np = None

import options


@unittest.skipIf(np is None, "numpy is not installed")
class ReportTests(unittest.TestCase):
    def test_outputs_are_split_by_what_the_engine_announced(self):
        outputs = report.split(np.arange(5, dtype=np.float32), "written cls.P3:2 box:3")
        self.assertEqual(["cls.P3", "box"], list(outputs))
        self.assertEqual([2, 3, 4], outputs["box"].tolist())
        with self.assertRaisesRegex(report.Disagreement, "5 values were written, but announced as: written a:4"):
            report.split(np.zeros(5, np.float32), "written a:4")

    def test_difference_is_relative_to_the_largest_value_of_the_same_output(self):
        expected = {"large": np.array([100.0, -200.0]), "small": np.array([1.0, 2.0])}
        found = {"large": np.array([100.0, -201.0]), "small": np.array([1.0, 2.2]), "more": np.array([7.0])}
        self.assertAlmostEqual(0.1, report.difference(found, expected))
        self.assertEqual(0.0, report.difference(expected, expected))

    def test_outputs_that_cannot_be_compared_disagree(self):
        good = {"logits": np.array([1.0, 2.0])}
        for other in ({}, {"logits": np.array([1.0])}, {"logits": np.array([1.0, np.nan])}):
            with self.assertRaises(report.Disagreement):
                report.difference(other, good)

    def test_ratio_is_the_median_over_rounds_and_not_of_medians(self):
        rounds = [{"deepvision": 1.0, "p": 2.0}, {"deepvision": 10.0, "p": 40.0}, {"deepvision": 2.0, "p": 6.0}]
        self.assertAlmostEqual(3.0, report.ratio(rounds, "p"))

    def test_runs_of_a_round_follow_the_slowest_engine(self):
        self.assertEqual([15, 6, 3], [report.runs_in_a_round([5.0, slowest]) for slowest in (10.0, 100.0, 5000.0)])

    def test_lines_have_the_form_that_scripts_read(self):
        lines = report.Lines()
        for batch, found in ((1, 2e-6), (8, 3e-6)):
            rows = [report.Row("deepvision", [2.0, 1.0, 4.0], 5e6, [0.5], "x"), report.Row("onnxruntime", [3.0], 5e6, [0.5], "y")]
            lines.agree("resnet50", "onnxruntime", found)
            lines.group("resnet50", batch, rows, [{"deepvision": 2.0, "onnxruntime": 3.0}])
        self.assertEqual(["agree resnet50 onnxruntime 3.00e-06",
                          "ms resnet50 b1 deepvision 2.000", "ms resnet50 b1 onnxruntime 3.000", "ratio resnet50 b1 onnxruntime 1.500",
                          "ms resnet50 b8 deepvision 2.000", "ms resnet50 b8 onnxruntime 3.000", "ratio resnet50 b8 onnxruntime 1.500"],
                         lines.all())

    def test_table_has_a_row_for_each_engine(self):
        text = report.table("title", [report.Row("deepvision", [1.0, 2.0, 3.0], 156e6, [0.4, 0.6, 0.5], "how")])
        self.assertEqual("deepvision 2.00 1.00 2.80 156 0.50 how", " ".join(text[2].split()))


class OptionTests(unittest.TestCase):
    def test_everything_by_default_and_large_batches_where_asked(self):
        parsed = options.parse(["--server", "x"])
        measured = list(options.groups(parsed))
        self.assertEqual(13, len(measured))
        self.assertIn(("resnet50", 8), measured)
        self.assertNotIn(("retinanet_resnet50_fpn", 8), measured)
        self.assertEqual((9, 2, "native", ["onnxruntime", "pytorch", "pytorch-frozen"]),
                         (parsed.rounds, parsed.threads, parsed.isa, parsed.peers))

    def test_what_is_asked_for_wins_over_quick(self):
        parsed = options.parse(["--server", "x", "--quick", "--models", "vgg16", "--batches", "1,4", "--rounds", "5", "--peers", "pytorch"])
        self.assertEqual([("vgg16", 1), ("vgg16", 4)], list(options.groups(parsed)))
        self.assertEqual((5, 1, [], ["pytorch"]), (parsed.rounds, parsed.starts, parsed.callers, parsed.peers))


if __name__ == "__main__":
    unittest.main()
