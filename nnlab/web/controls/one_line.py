"""The formula of a choice in one line of plain text, to stand beside the control; the long forms are ``nnlab.formulas``."""

FORMULAS: dict[str, dict[str, str]] = {
    "optimizer": {
        "gradient_descent": "θ ← θ − η g",
        "momentum": "v ← μ v + g,  θ ← θ − η v",
        "nesterov": "v ← μ v + g,  θ ← θ − η (g + μ v)",
        "rmsprop": "s ← ρ s + (1 − ρ) g²,  θ ← θ − η g / (√s + ε)",
        "adam": "v ← β₁ v + (1 − β₁) g,  s ← β₂ s + (1 − β₂) g²,  θ ← θ − η v̂ / (√ŝ + ε)",
    },
    "initialization": {
        "notebook": "[0.2 0.4; 0.3 0.7], [0.4 0.9]",
        "zeros": "w = 0",
        "equal": "w = s",
        "uniform": "w ~ U(−s, s)",
        "normal": "w ~ N(0, s²)",
        "xavier": "w ~ U(−r, r),  r = √(6 / (n_in + n_out))",
        "he": "w ~ N(0, s² · 2 / n_in)",
        "explicit": "",
    },
}
"""g is the gradient, η the learning rate, s the scale; the settings below the list have their letters."""
