"""Bad specs, each with a part of what has to be said about it, and where."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A bad file.

    Attributes:
        text: its content.
        place: line and column of the problem, as ``2:8``; empty where it has none.
        says: a part of the message.
    """

    text: str | bytes
    place: str
    says: str


def network(line: str, layer: str = "{units: 1, weights: [[1, 2]]}") -> str:
    """A small network with one more line."""
    return f"inputs: [a, b]\nlayers: [{layer}]\n{line}\n"


def weights(entry: str) -> str:
    """A network with one weight as written."""
    return f"inputs: 1\nlayers:\n  - units: 1\n    weights: [[{entry}]]\n"


def formula(text: str) -> str:
    """A network whose activation is a formula."""
    return f"inputs: 1\nlayers:\n  - units: 1\n    activation: {text}\n"


def recurrent(line: str, layer: str = "{units: 1, cell: recurrent}") -> str:
    """A small recurrent network with one more line."""
    return f"inputs: 2\nlayers: [{layer}]\n{line}\n"


CASES: dict[str, Case] = {
    "an optimizer that is a list": Case(
        network("training: {optimizer: [adam]}"), "3:23", "expected the name of an optimizer"
    ),
    "an optimizer's name that is none": Case(
        network("training: {optimizer: {name: {a: 1}}}"), "3:30", "expected optimizer: "
    ),
    "an optimizer without a name": Case(
        network("training: {optimizer: {gamma: 1}}"), "3:23", "'name' is missing"
    ),
    "an optimizer of 100,000 letters": Case(
        network(f"training: {{optimizer: {'a' * 100_000}}}"), "3:23", "..."
    ),
    "an endless memory": Case(
        network("training: {optimizer: {name: momentum, gamma: 1}}"), "3:47", "below 1"
    ),
    "a giant epsilon": Case(
        network("training: {optimizer: {name: adam, epsilon: 1e999999999}}"), "3:45", "e4000"
    ),
    "an epsilon that is a formula": Case(
        network("training: {optimizer: {name: adam, epsilon: 9**9**9**9}}"), "3:45", "bits"
    ),
    "a decay of nothing": Case(
        network("training: {learning_rate: 1, decay: {}}"), "3:37", "'name' is missing"
    ),
    "half a step of decay": Case(
        network("training: {learning_rate: 1, decay: {name: step, decay_every: 0}}"),
        "3:63",
        "a count of steps, 1 or more",
    ),
    "nothing to minimise with": Case(
        "expression: x**2\nminimise: {}\n", "2:11", "needs a learning_rate"
    ),
    "minimising what is not there": Case(
        "expression: x**2\nminimise: {learning_rate: 1, variables: [y]}\n", "2:42", "no variable"
    ),
    "minimising a list": Case("expression: x**2\nminimise: [1]\n", "2:11", "expected settings"),
    "an alias": Case("a: &x 1\nb: *x\n", "1:4", "anchor"),
    "a cycle": Case("a: &x [*x]\n", "1:4", "anchor"),
    "an alias bomb": Case(
        "a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n", "1:4", "anchor"
    ),
    "a tag": Case("inputs: !!python/object:os.system 1\n", "1:9", "tag"),
    "a merge key": Case("<<: {inputs: 1}\n", "1:1", "merge"),
    "a key twice": Case("inputs: 1\ninputs: 2\n", "2:1", "inputs"),
    "brackets": Case("[" * 200_000, "1:", "deep"),
    "a long integer": Case(weights("9" * 5_000), "4:", "digits"),
    "a long exponent": Case(weights("1e999999999"), "4:", "e4000"),
    "a tower of powers": Case(weights("9**9**9**9"), "4:", "bits"),
    "not a number": Case(weights(".nan"), "4:", "number"),
    "infinity": Case(weights("inf"), "4:", "finite"),
    "an irrational weight": Case(weights("sqrt(2)"), "4:", "sqrt"),
    "samples as nothing": Case(network("samples_as: diagonals"), "3:13", "known: rows, columns"),
    "samples as a list": Case(network("samples_as: [rows]"), "3:13", "samples_as"),
    "softmax of one": Case(network("", "{units: 1, activation: softmax}"), "2:33", "one unit"),
    "softmax of a unit": Case(
        network("", "{units: [p, q], activation: {p: softmax}}"), "2:39", "all units of a layer"
    ),
    "no temperature": Case(
        network("", "{units: 2, activation: {name: softmax, temperature: 0}}"), "2:62", "positive"
    ),
    "a class by number": Case(
        network("samples: [{input: [1, 2], class: 1}]", "{units: 2}"), "3:34", "name of an output"
    ),
    "a hinge without a class": Case(
        network("loss: multiclass_hinge\nsamples: [{input: [1, 2], target: [1, 1]}]", "{units: 2}"),
        "3:7",
        "right class",
    ),
    "a base of 1": Case(
        network("loss: {name: cross_entropy, base: 1}"), "3:35", "a number above 1"
    ),
    "a form that is none": Case(
        network("loss: {name: cross_entropy, form: short}", "{units: 2}"), "3:7", "no short form"
    ),
    "a decimal comma": Case(network("training: {learning_rate: 0,5}"), "3:", "5"),
    "a NUL byte": Case(b"inputs: 1\x00\n", "1:10", "U+0000"),
    "latin-1": Case("title: caf\xe9\n".encode("latin-1"), "1:11", "UTF-8"),
    "UTF-16": Case("inputs: 1\n".encode("utf-16"), "1:1", "UTF-8"),
    "nothing": Case("", "1:1", ""),
    "a list": Case("- 1\n- 2\n", "1:1", "expected fields"),
    "an unclosed bracket": Case("inputs: [a, b\nlayers: 1\n", "", ""),
    "a tab": Case("inputs:\n\t- a\n", "2:1", ""),
    "an unknown field": Case(network("los: squared_error"), "3:1", "did you mean 'loss'"),
    "an unknown activation": Case(formula("sigmod"), "4:17", "did you mean 'sigmoid'"),
    "an unknown name in a formula": Case(formula("net + nett"), "4:", "net"),
    "a formula that calls Python": Case(formula("\"__import__('os').system('x')\""), "4:", ""),
    "attribute access": Case(formula("net.real"), "4:", "."),
    "10,000 parentheses": Case(formula("(" * 4_000 + "net" + ")" * 4_000), "4:", "100 levels"),
    "a formula of 100,000 characters": Case(formula("net" + " + 1" * 25_000), "4:", "10,000"),
    "a row too long": Case(network("", "{units: 1, weights: [[1, 2, 3]]}"), "2:", "expected 2"),
    "a row too short": Case(network("", "{units: 1, weights: [[1]]}"), "2:", "expected 2"),
    "too few samples' inputs": Case(
        network("samples: [{input: [1], target: 1}]"), "3:", "expected 2"
    ),
    "inputs that move nowhere": Case(network("training: {move_inputs: {}}"), "3:", "direction"),
    "limits without order": Case(
        network("training: {learning_rate: 1, move_inputs: {direction: ascent, clip: [1, 0]}}"),
        "3:",
        "least and the largest",
    ),
    "dropout that keeps nothing": Case(
        network("input_dropout: {keep: 0, mask: [1, 1]}"), "3:23", "above 0"
    ),
    "a mask too short": Case(
        network("input_dropout: {keep: 0.5, mask: [1]}"), "3:34", "found 1 numbers for 2 units"
    ),
    "a mask of other numbers": Case(
        network("input_dropout: {keep: 0.5, mask: [1, 0.5]}"), "3:38", "0 and 1"
    ),
    "a mask that calls Python": Case(
        network("input_dropout: {keep: 0.5, mask: \"__import__('os').system('x')\"}"),
        "3:",
        "quoted",
    ),
    "masks through no time": Case(
        network("input_dropout: {keep: 0.5, seed: 1, through_time: one}"),
        "3:51",
        "a network with time steps",
    ),
    "masks without end": Case(
        network("input_dropout: {keep: 0.5, mask: " + "[" * 12 + "1" + "]" * 12 + "}"),
        "3:",
        "0 and 1",
    ),
    "a penalty of nothing": Case(network("training: {regularization: {}}"), "3:28", "l1, l2"),
    "a negative penalty": Case(network("training: {regularization: {l2: -1}}"), "3:33", "negative"),
    "a penalty that calls Python": Case(
        network("training: {regularization: {l2: \"__import__('os').system('x')\"}}"),
        "3:",
        "quoted",
    ),
    "a list for a penalty": Case(network("training: {regularization: [0.1]}"), "3:28", "l2: 0.01"),
    "a window beyond its grid": Case(
        "inputs: {shape: [2, 2]}\nlayers: [{convolution: {size: 3}}]\n", "2:24", "does not fit"
    ),
    "a grid without end": Case(
        "inputs: {shape: [99999, 99999]}\nlayers: [{units: 1}]\n", "1:1", ""
    ),
    "padding without end": Case(
        "inputs: {shape: [9]}\nlayers: [{convolution: {size: 1, padding: 99999}}]\n", "", "units"
    ),
    "kernels without end": Case(
        "inputs: {shape: [9]}\nlayers: [{convolution: {size: 9, filters: 99999}}]\n",
        "",
        "more than 100,000 units",
    ),
    "lists in lists": Case(
        f"inputs: {{shape: [2]}}\nlayers: [{{convolution: {{kernel: {'[' * 18}1{']' * 18}}}}}]\n",
        "2:49",
        "nested more than 20 deep",
    ),
    "no weights can fit": Case("inputs: 1\nlayers: [{units: 1000000}, {units: 1000000}]\n", "", ""),
    "steps without end": Case(network("training: {learning_rate: 1, steps: 1e30}"), "3:", "steps"),
    "an unknown learning rule": Case(
        network("training: {learning_rule: perception}"), "3:27", "did you mean 'perceptron'"
    ),
    "a learning rule for hidden layers": Case(
        "inputs: 1\nlayers: [{units: 1}, {units: 1}]\n"
        "training: {learning_rule: hebb, learning_rate: 1}\n",
        "3:27",
        "2 layers",
    ),
    "a label that is no answer": Case(
        "inputs: 1\nlayers: [{units: 1, activation: sign}]\nsamples: [{input: 1, target: 0}]\n"
        "training: {learning_rule: perceptron, learning_rate: 1}\n",
        "3:11",
        "(-1, 1)",
    ),
    "epochs without end": Case(
        network("training: {learning_rate: 1, until: {error_below: 0}, epochs: 1e12}"),
        "3:",
        "epochs",
    ),
    "an end that is no end": Case(
        network("training: {learning_rate: 1, until: {error_below: .inf}}"), "3:", "number"
    ),
    "stable for no epochs": Case(
        network("training: {learning_rate: 1, until: {same_share_of_errors: 0}}"), "3:", "1"
    ),
    "an unknown given": Case(network("given: {net_q: 1}"), "", "net_q"),
    "half an expression": Case("expression: y = x +\n", "1:", ""),
    "an expression that assigns what is given": Case(
        "expression: |\n  x = 2\n  y = x\nat: {x: 1}\n", "", "x"
    ),
    "braces": Case("a: " + "{b: " * 200_000, "1:", "deep"),
    "dashes": Case("inputs:\n" + "- " * 100_000, "2:", "deep"),
    "question marks": Case("? " * 100_000, "1:", "deep"),
    "deep indentation": Case("".join(" " * k + "a:\n" for k in range(1_000)), "21:", "deep"),
    "an alias bomb of nine levels": Case(
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{after}: &{after} [{', '.join(['*' + before] * 9)}]\n"
            for before, after in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "1:4",
        "anchor",
    ),
    "a tag that calls Python": Case(
        "inputs: !!python/object/apply:os.system ['echo hacked']\n", "1:9", "tag"
    ),
    "a tag for a number": Case("inputs: !!int 2\nlayers: [{units: 1}]\n", "1:9", "tag"),
    "a merge key in a layer": Case("inputs: 1\nlayers:\n  - <<: {units: 1}\n", "3:5", "merge"),
    "a list for a field's name": Case("[a, b]: 1\n", "1:1", "one word"),
    "a mapping for a field's name": Case("{a: 1}: 1\n", "1:1", "one word"),
    "no field's name": Case("? \n: 1\n", "1:2", "unknown field ''"),
    "two documents": Case("inputs: 1\n---\ninputs: 2\n", "2:1", "second document"),
    "an unclosed quote": Case('title: "abc\ninputs: 1\n', "1:8", "never closed"),
    "half a character": Case('title: "\\ud800"\n', "1:11", "not YAML"),
    "another YAML": Case("%YAML 9.9\n---\ninputs: 1\n", "1:1", "not YAML"),
    "only a comment": Case("# nothing\n", "1:1", "empty"),
    "a word": Case("hello\n", "1:1", "expected fields"),
    "a number": Case("42\n", "1:1", "expected fields"),
    "UTF-16 without a mark": Case("inputs: 1\n".encode("utf-16-be"), "1:1", "U+0000"),
    "an escape code": Case(b"title: \x1b[31mred\n", "1:8", "U+001B"),
    "an escape code in a name": Case('inputs: ["\\e[31mred\\e[0m"]\n', "1:10", r"\x1b[31mred"),
    "a mark that turns text around": Case("inputs: [a\u202eb]\n", "1:10", r"a\u202eb"),
    "300,000 names": Case(f"inputs: [{', '.join(['a'] * 300_000)}]\n", "1:", "too large"),
    "30,000 unknown fields": Case(
        "".join(f"k{k}: 1\n" for k in range(30_000)), "1:1", "these are 200 problems"
    ),
    "5,000 wrong weights": Case(weights(", ".join(["x y"] * 5_000)), "4:", "200 problems"),
    "a name of 100,000 letters": Case(
        "inputs: 1\nlayers: [{units: [o], activation: " + "a" * 100_000 + "}]\n", "2:", "..."
    ),
    "a decimal of 5,000 digits": Case(weights("0." + "3" * 5_000), "4:", "400 digits"),
    "a tiny number": Case(weights("1e-999999999"), "4:", "e-4000"),
    "a million digits of power": Case(weights("10**1000000"), "4:", "bits"),
    "division by zero in a weight": Case(weights("1/0"), "4:", "zero"),
    "a weight that calls Python": Case(weights("__import__('os').system('x')"), "4:", "quoted"),
    "minus infinity": Case(weights("-.inf"), "4:", "finite"),
    "NaN": Case(network("samples: [{input: [1, NaN], target: 1}]"), "3:", "finite"),
    "a negative count": Case("inputs: -1\nlayers: [{units: 1}]\n", "1:9", "from 1 to 100,000"),
    "a million units": Case("inputs: 1\nlayers: [{units: 1000000}]\n", "2:", "from 1 to 100,000"),
    "25 million edges": Case("inputs: 5000\nlayers: [{units: 5000}]\n", "2:", "200,000 edges"),
    "a million edges": Case("inputs: 1000\nlayers: [{units: 1000}]\n", "2:10", "200,000 edges"),
    "50 million edges": Case(
        f"inputs: 1000\nlayers: [{', '.join(['{units: 1000}'] * 50)}]\n", "2:10", "200,000 edges"
    ),
    "a row too few": Case(network("", "{units: 2, weights: [[1, 2]]}"), "2:", "expected 2"),
    "too many targets": Case(
        network("samples: [{input: [1, 2], target: [1, 2]}]"), "3:", "expected 1"
    ),
    "no edge to a unit": Case(
        "inputs: 1\nlayers: [{units: [o, p], weights: {o: {x1: 1}}}]\n",
        "2:",
        "no edge leads into p",
    ),
    "an edge to nobody": Case(
        "inputs: 1\nlayers: [{units: [o], weights: {q: {x1: 1}}}]\n", "2:", "no unit 'q'"
    ),
    "a loop": Case(
        "inputs: 1\nlayers: [{units: [h], from: [o]}, {units: [o]}]\n", "2:", "does not come before"
    ),
    "10,000 minus signs": Case(f"expression: '{'-' * 9_000}x'\n", "1:", "100 levels"),
    "an expression of 10,000 parentheses": Case(
        f"expression: '{'(' * 10_000}x{')' * 10_000}'\n", "1:", "10,000 characters"
    ),
    "200 conditions in each other": Case(
        f"expression: '{'where(x>0,' * 200}x{',1)' * 200}'\n", "1:", "100 levels"
    ),
    "200 conditions in a row": Case(
        f"expression: 'where({'x>0,x,' * 200}x)'\n", "1:", "at most 100"
    ),
    "a product of 1,000 factors": Case(f"expression: {'*'.join(['x'] * 1_000)}\n", "1:", "factors"),
    "the largest of 1,000": Case(formula(f"max({', '.join(['net'] * 1_000)})"), "4:", "at most 32"),
    "10,001 lines": Case(
        "expression: |\n" + "".join(f"  a{k} = x\n" for k in range(10_001)), "1:", "10,000 lines"
    ),
    "a line of nothing": Case("expression: y =\n", "1:", "found the end"),
    "two signs": Case("expression: y = x = 2\n", "1:", ""),
    "a call on the left": Case("expression: f(x) = x\n", "1:13", "a name alone"),
    "an assignment operator of Python": Case("expression: (y := 2)\n", "1:", ":"),
    "a lambda": Case(formula("'(lambda: net)()'"), "4:", "unexpected ':'"),
    "subscripts": Case(formula("'net[0]'"), "4:", "round brackets"),
    "a string": Case(formula("'net + \"1\"'"), "4:", "quoted text"),
    "bits": Case(formula("'net << 2'"), "4:", "'<'"),
    "a name of Python": Case(formula("'__builtins__ + net'"), "4:", "__builtins__"),
    "full-width digits": Case(weights("１２"), "4:", "unexpected"),
    "too many digits shown": Case(network("digits: 100000"), "3:9", "from 0 to 400"),
    "an unknown arithmetic": Case(network("arithmetic: exakt"), "3:13", "did you mean 'exact'"),
    "an arithmetic of too many digits": Case(
        network("arithmetic: 'decimal:9999999999'"), "3:13", "from 1 to"
    ),
    "a batch larger than the data": Case(
        network("training: {learning_rate: 1, batch: 7}"), "3:", "a batch of 7 of 1 samples"
    ),
    "frozen nobody": Case(network("training: {frozen: [wights]}"), "3:", "did you mean 'weights'"),
    "too many time steps": Case(recurrent("time: {steps: 99999999}"), "3:15", "from 1 to 10,000"),
    "time steps of too many units": Case(
        recurrent("time: {steps: 10000}", "{units: 11, cell: recurrent}"), "1:1", "units in 10,000"
    ),
    "time that is a list": Case(recurrent("time: [3]"), "3:7", "expected settings"),
    "truncated to nothing": Case(recurrent("time: {truncate: 0, steps: 3}"), "3:18", "from 1 to"),
    "a cell that is a mapping": Case(
        recurrent("time: {steps: 2}", "{units: 1, cell: {lstm: 1}}"), "2:27", "expected cell"
    ),
    "gates that are a list": Case(
        recurrent("time: {steps: 2}", "{units: 1, cell: lstm, gates: [1]}"), "2:40", "a mapping"
    ),
    "a gate that is a number": Case(
        recurrent("time: {steps: 2}", "{units: 1, cell: lstm, gates: {f: 1}}"), "2:44", "a gate"
    ),
    "a start that is nested": Case(
        recurrent("time: {steps: 2}", "{units: 1, cell: gru, start: [[1]]}"), "2:40", "a number"
    ),
    "a sequence of sequences": Case(
        recurrent("samples: [{input: [[[1, 2]]]}]"), "3:", "found a list, expected a number"
    ),
    "an empty sequence": Case(recurrent("samples: [{input: []}]"), "3:19", "no time steps"),
    "a state of itself": Case(
        recurrent("time: {steps: 2}", "{units: [h], recurrent_from: inputs}"), "2:", "no layer"
    ),
    "a gate with the name of a unit": Case(
        recurrent("time: {steps: 2}", "{units: [f_q]}, {units: [q], cell: lstm}"), "2:26", "taken"
    ),
}
