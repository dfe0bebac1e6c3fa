"""The two layers of every function: our code, and what it is made with.

They live in the stack of the functions: a layer's address changes with every change of code, and an address that
another stack imports could no longer change.
"""

from aws_cdk import aws_lambda
from constructs import Construct

from infra.packaging import core_layer, deps_layer
from infra.packaging.target import Target

_ARCHITECTURES = {"x86_64": aws_lambda.Architecture.X86_64, "arm64": aws_lambda.Architecture.ARM_64}


def architecture(target: Target) -> aws_lambda.Architecture:
    """The processor, in the words of CDK."""
    return _ARCHITECTURES[target.architecture]


def runtime(target: Target) -> aws_lambda.Runtime:
    """The Python, in the words of CDK."""
    return aws_lambda.Runtime(target.runtime, aws_lambda.RuntimeFamily.PYTHON, supports_inline_code=True)


class Layers(Construct):
    """`core` and `deps`, built for one target."""

    def __init__(self, scope: Construct, id: str, *, target: Target) -> None:
        """target: of the functions."""
        super().__init__(scope, id)
        self.core = self._layer("Core", str(core_layer.build()), target, "Offhook itself")
        self.deps = self._layer("Deps", str(deps_layer.build(target)), target, "What Offhook is made with, locked")

    @property
    def all(self) -> list[aws_lambda.ILayerVersion]:
        """In the order in which they unpack."""
        return [self.deps, self.core]

    def _layer(self, id: str, folder: str, target: Target, description: str) -> aws_lambda.LayerVersion:
        return aws_lambda.LayerVersion(
            self,
            id,
            code=aws_lambda.Code.from_asset(folder),
            compatible_runtimes=[runtime(target)],
            compatible_architectures=[architecture(target)],
            description=description,
        )
