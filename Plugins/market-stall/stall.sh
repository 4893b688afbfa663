#!/bin/sh
# Sales at a market stall, some of them put on the slate: Patron's wire with nothing but a shell and awk.
#
# Every line is a request that stands for itself, so each is given to an awk of its own.
cd "$(dirname "$0")" || exit 1
while IFS= read -r line; do
    printf '%s\n' "$line" | LC_ALL=C awk -f stall.awk || exit 0
done
