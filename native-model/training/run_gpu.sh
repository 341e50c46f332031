#!/usr/bin/env bash
# Trains every model side by side on one datacentre GPU, in under ten minutes.
#
#   run_gpu.sh DATA RUNS [ARCHIVE]
#
# DATA     folder with train-compact.npz (compact.py pack ... --mocap ...) or train.npz
# RUNS     folder for the runs: RUNS/posemend, RUNS/smoothnet-32, ... with checkpoint.pt and log.jsonl each
# ARCHIVE  folder for the checkpoints without their optimisers, as models.tar.gz.00, .01, ... of 15 MB;
#          back together: cat models.tar.gz.* | tar xz
# PYTHON, DEVICE and MINUTES (of the longest training) can be set; the rest of the time follows from MINUTES.
set -uo pipefail

data=${1:?usage: run_gpu.sh DATA RUNS [ARCHIVE]}
runs=${2:?usage: run_gpu.sh DATA RUNS [ARCHIVE]}
archive=${3:-}
python=${PYTHON:-python3}
device=${DEVICE:-cuda}
minutes=${MINUTES:-6}
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONUNBUFFERED=1 OMP_NUM_THREADS=2
mkdir -p "$runs"
failed=0

share() { awk "BEGIN { print $minutes * $1 }"; }

# train NAME SCRIPT FOLDER OPTIONS...: one run, its output in RUNS/NAME.out
train() {
  local name=$1 script=$2 folder=$3
  shift 3
  "$python" "$here/$script" "$folder" "$runs/$name" --device "$device" "$@" >"$runs/$name.out" 2>&1 ||
    { echo "$name failed:"; tail -n 5 "$runs/$name.out"; return 1; }
  tail -n 1 "$runs/$name.out" | sed "s/^/$name: /"
}

if [ ! -f "$data/train.npz" ]; then
  "$python" "$here/compact.py" unpack "$data" || exit 1
fi

# HPR-Net reads rotations, which train.npz has not; the SmoothNets need no library.
hpr=
if [ -f "$data/train-compact.npz" ]; then
  train hpr-net train_hpr.py "$data" --minutes "$(share 0.8)" --workers 1 &
  hpr=$!
else
  echo "hpr-net is left out: $data holds no train-compact.npz"
fi
(
  bad=0
  for window in 32 64 8; do
    train "smoothnet-$window" train_smoothnet.py "$data" --window "$window" --minutes "$(share 0.25)" --workers 1 || bad=1
  done
  exit $bad
) &
smooth=$!

OMP_NUM_THREADS=8 "$python" - "$here" "$data" <<'PYTHON' || exit 1
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from compact import training_data
from config import Config
from library import libraries_without_each_person

data = Path(sys.argv[2])
libraries_without_each_person(training_data(data), Config(), data / "libraries.pt")
PYTHON

workers=()
if grep -q -e --workers "$here/train_posemend.py"; then workers=(--workers 7); fi
train posemend train_posemend.py "$data" --minutes "$minutes" --threads 2 "${workers[@]}" &
posemend=$!
(
  train "synsp++" train.py "$data" --minutes "$(share 0.6)" --workers 3 &&
    train synsp train.py "$data" --model synsp --minutes "$(share 0.3)" --workers 3 --rate 3e-4 \
      --start-from "$runs/synsp++/checkpoint.pt"
) &
synsp=$!

for job in $hpr $smooth $posemend $synsp; do wait "$job" || failed=1; done

if [ -n "$archive" ]; then
  slim=$(mktemp -d)
  for checkpoint in "$runs"/*/checkpoint.pt; do
    folder=$(basename "$(dirname "$checkpoint")")
    "$python" "$here/compact.py" weights "$checkpoint" "$slim/$folder/checkpoint.pt" || failed=1
    for file in log.jsonl settings.json; do
      if [ -f "$runs/$folder/$file" ]; then cp "$runs/$folder/$file" "$slim/$folder/"; fi
    done
  done
  mkdir -p "$archive"
  tar c -C "$slim" . | gzip -6 | split -d -b 15M - "$archive/models.tar.gz."
  rm -r "$slim"
  ls -l "$archive"
fi
exit $failed
