"""Reads a TRC with OpenSim or a CSV with NumPy and prints what is in it as JSON: rate, units, names, some positions."""

import json
import sys

import numpy


def trc(path):
    import opensim

    opensim.Logger.setLevelString("Off")
    table = opensim.TimeSeriesTableVec3(path)
    names = list(table.getColumnLabels())
    frames = table.getNumRows()
    shown = sorted({round(at * (frames - 1) / 9) for at in range(10)})
    points = [[[table.getRowAtIndex(row)[column][axis] for axis in range(3)] for column in range(len(names))] for row in shown]
    return {
        "frames": frames,
        "rate": float(table.getTableMetaDataString("DataRate")),
        "units": table.getTableMetaDataString("Units"),
        "names": names,
        "shown": shown,
        "points": points,
    }


def csv(path):
    table = numpy.genfromtxt(path, delimiter=",", names=True)
    columns = [name for name in table.dtype.names if name not in ("frame", "time")]
    frames = len(table)
    shown = sorted({round(at * (frames - 1) / 9) for at in range(10)})
    rows = numpy.stack([table[name] for name in columns], 1)[shown]
    return {
        "frames": frames,
        "rate": 1 / float(numpy.median(numpy.diff(table["time"]))),
        "names": [name[:-2] for name in columns[::3]],
        "shown": shown,
        "points": rows.reshape(len(shown), -1, 3).tolist(),
    }


def c3d(path):
    """Writes a C3D of three seconds of made-up joints with ezc3d."""
    import ezc3d

    names = ["Pelvis", "RHip", "RKnee", "RAnkle", "LHip", "LKnee", "LAnkle", "Neck", "Head",
             "LShoulder", "LElbow", "LWrist", "RShoulder", "RElbow", "RWrist"]  # fmt: skip
    places = [[0, 0, 950], [-100, 0, 950], [-100, 20, 500], [-100, 0, 80], [100, 0, 950], [100, 20, 500], [100, 0, 80],
              [0, 0, 1450], [0, 30, 1650], [180, 0, 1420], [450, 0, 1420], [700, 20, 1420],
              [-180, 0, 1420], [-450, 0, 1420], [-700, 20, 1420]]  # fmt: skip
    frames = 90
    still = numpy.array(places, float).T[:, :, None]
    path_of_root = numpy.stack([numpy.arange(frames) * 10.0, numpy.zeros(frames), numpy.sin(numpy.arange(frames))])
    points = still + path_of_root[:, None, :]
    points[:, 3, 40:44] = numpy.nan
    file = ezc3d.c3d()
    file["parameters"]["POINT"]["UNITS"]["value"] = ["mm"]
    file["parameters"]["POINT"]["RATE"]["value"] = [60]
    file["parameters"]["POINT"]["LABELS"]["value"] = names
    file["data"]["points"] = numpy.concatenate([points, numpy.ones((1, len(names), frames))])
    file.write(path)
    return {"names": names, "frames": frames, "last": points[:, :, -1].T.tolist()}


if __name__ == "__main__":
    json.dump({"trc": trc, "csv": csv, "c3d": c3d}[sys.argv[1]](sys.argv[2]), sys.stdout)
