"""`python -m cps_training.cli`: the same command without the script."""

from cps_training.cli import main

main()
