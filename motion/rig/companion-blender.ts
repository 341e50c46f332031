/** A script that imports the files beside it: at their rate, in metres, Z up; for Blender 3.4 and later. */
export function blenderScript(fileNames: readonly string[], fps: number): string {
  const files = fileNames
    .filter((name) => /\.(fbx|glb|bvh)$/i.test(name))
    .map((name) => `    ${pythonText(name)},\n`);
  return BLENDER.replace('FILE_NAMES', () => `\n${files.join('')}`).replace('FRAMES_PER_SECOND', String(fps));
}

const BLENDER = `"""Imports the motions beside this file. In Blender: Scripting > Open > Run Script, or
blender --python import_posemend.py"""
import builtins
import os
import sys

import bpy
import numpy

FILES = [FILE_NAMES]
FPS = FRAMES_PER_SECOND


def folder():
    """Where this script lies; in Blender's text editor __file__ may name the blend file instead."""
    places = [globals().get("__file__", "")]
    places += [bpy.path.abspath(text.filepath) for text in bpy.data.texts if text.filepath]
    for place in places:
        here = os.path.dirname(os.path.abspath(place)) if place else ""
        if here and any(os.path.exists(os.path.join(here, name)) for name in FILES):
            return here
    raise SystemExit("Open this script from the folder that its files lie in.")


def help_old_importers():
    """Importers before Blender 4 use names that newer NumPy and Python do not have."""
    if bpy.app.version >= (4, 0, 0):
        return
    if "bool" not in vars(numpy):
        numpy.bool = bool
    if sys.version_info >= (3, 11):
        plain_open = builtins.open

        def open_without_u(file, mode="r", *rest, **named):
            return plain_open(file, mode.replace("U", ""), *rest, **named)

        builtins.open = open_without_u


def bvh_scale(path):
    """Metres of the file's unit, by the size of the skeleton at rest."""
    stack, low, high = [(0.0, 0.0, 0.0)], 0.0, 0.0
    place = stack[0]
    for line in open(path, encoding="latin-1"):
        words = line.split()
        if not words:
            continue
        if words[0] == "MOTION":
            break
        if words[0] == "OFFSET":
            place = tuple(stack[-1][axis] + float(words[axis + 1]) for axis in range(3))
            low, high = min(low, *place), max(high, *place)
        elif words[0] == "{":
            stack.append(place)
        elif words[0] == "}":
            stack.pop()
        # An OFFSET comes right after the bracket it belongs to.
        if words[0] == "OFFSET":
            stack[-1] = place
    size = high - low
    return next((scale for scale in (1.0, 0.01, 0.001, 0.0254) if 0.4 <= size * scale <= 3.5), 1.0)


def import_file(path):
    kind = os.path.splitext(path)[1].lower()
    if kind == ".fbx" and "fbx" in dir(bpy.ops.import_scene):
        bpy.ops.import_scene.fbx(filepath=path)
    elif kind == ".fbx":
        bpy.ops.wm.fbx_import(filepath=path)
    elif kind == ".glb":
        bpy.ops.import_scene.gltf(filepath=path)
    elif kind == ".bvh":
        bpy.ops.import_anim.bvh(
            filepath=path,
            axis_forward="-Z",
            axis_up="Y",
            global_scale=bvh_scale(path),
            frame_start=1,
            use_fps_scale=False,
        )


def set_rate():
    render = bpy.context.scene.render
    render.fps = max(1, round(FPS))
    render.fps_base = render.fps / FPS


def curves_of(action):
    """Curves of an action, in the form before Blender 4.4 and the layered one."""
    if hasattr(action, "fcurves"):
        return list(action.fcurves)
    return [
        curve
        for layer in action.layers
        for strip in layer.strips
        for bag in strip.channelbags
        for curve in bag.fcurves
    ]


def put_on_frames(action, base):
    """Some importers leave fps_base out: at 29.97 a key of frame 1000 then lies on 1001."""
    first, last = action.frame_range
    span = last - first
    misses = [abs(length - round(length)) for length in (span, span / base)]
    if base == 1 or misses[1] >= misses[0]:
        return
    for curve in curves_of(action):
        for part in ("co", "handle_left", "handle_right"):
            numbers = numpy.zeros(len(curve.keyframe_points) * 2)
            curve.keyframe_points.foreach_get(part, numbers)
            numbers[0::2] = first + (numbers[0::2] - first) / base
            curve.keyframe_points.foreach_set(part, numbers)
        curve.update()


def main():
    help_old_importers()
    here = folder()
    known = set(bpy.data.actions)
    # glTF keys are placed at the scene's rate, so it is set before; the FBX importer sets its own.
    set_rate()
    for name in FILES:
        path = os.path.join(here, name)
        if os.path.exists(path):
            import_file(path)
        else:
            print("not here:", path)
    set_rate()
    actions = [action for action in bpy.data.actions if action not in known]
    for action in actions:
        put_on_frames(action, bpy.context.scene.render.fps_base)
    if actions:
        # Keys of FBX and BVH begin at frame 1, those of glTF at frame 0.
        bpy.context.scene.frame_start = round(min(action.frame_range[0] for action in actions))
        bpy.context.scene.frame_end = round(max(action.frame_range[1] for action in actions))


main()
`;

function pythonText(value: string): string {
  // By code point: Python takes the two halves of a surrogate pair for two characters.
  return JSON.stringify(value).replace(
    /[\u{7f}-\u{10ffff}]/gu,
    (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`,
  );
}
