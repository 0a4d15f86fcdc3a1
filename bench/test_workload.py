"""Tests of workload.py: python3 -m unittest discover -s bench."""
import unittest

try:
    import torch
    from torch import nn
    import networks
    import peer_models
    import workload
except ImportError:
    torch = None


@unittest.skipIf(torch is None, "PyTorch is not installed")
class WorkloadTests(unittest.TestCase):
    def test_weights_are_the_same_each_time_and_keep_the_scale(self):
        states = []
        for _ in range(2):
            torch.manual_seed(len(states))
            model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3, groups=8), nn.BatchNorm2d(8))
            workload.initialize(model, size=32)
            states.append(model.state_dict())
            output = model.eval()(workload.make_input(4, 32))
            self.assertAlmostEqual(1.0, output.std().item(), delta=0.25)
        self.assertTrue(all(torch.equal(states[0][key], states[1][key]) for key in states[0]))

    def test_rounding_errors_stay_small_through_a_deep_network(self):
        model = peer_models.ResNet50().eval()
        workload.initialize(model, size=64)
        image = workload.make_input(2, 64)
        with torch.no_grad():
            found = model(image).double()
            expected = model.double()(image.double())
        self.assertLess(((found - expected).abs().max() / expected.abs().max()).item(), 5e-6)

    def test_a_layer_that_loses_the_scale_is_named(self):
        class Vanishing(nn.Module):
            def forward(self, x):
                return x * 1e-20

        with self.assertRaisesRegex(workload.BadScale, "1 gives values of root mean square"):
            workload.initialize(nn.Sequential(nn.Conv2d(3, 4, 1), Vanishing()), size=8)

    def test_denormals_are_refused(self):
        with self.assertRaisesRegex(workload.BadScale, "x gives denormal values"):
            workload.check_scale("x", torch.tensor([1.0, 1e-39]))

    def test_inputs_differ_from_each_other_and_have_the_scale_of_prepared_images(self):
        images = workload.make_input(2, 64)
        self.assertEqual((2, 3, 64, 64), tuple(images.shape))
        self.assertAlmostEqual(1.0, images.std().item(), delta=0.01)
        self.assertGreater((images[0] - images[1]).abs().mean().item(), 0.5)

    def test_retinanet_gives_the_outputs_of_all_levels_under_their_names(self):
        names = networks.output_names("retinanet_resnet50_fpn")
        with torch.no_grad():
            outputs = networks.create("retinanet_resnet50_fpn")(torch.zeros(1, 3, 64, 64))
        shapes = {name: tuple(output.shape[1:]) for name, output in zip(names, outputs)}
        self.assertEqual((10, (819, 8, 8), (36, 1, 1)), (len(outputs), shapes["cls_logits.P3"], shapes["bbox_regression.P7"]))


if __name__ == "__main__":
    unittest.main()
