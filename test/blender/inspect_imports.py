"""
Imports BVH, GLB and FBX files into Blender and writes down what arrived.

    blender --background --factory-startup --python inspect_imports.py -- JOBS.json OUT.json

JOBS.json is a list of {"path", "scale", "samples", "exports"}: `scale` metres per unit of a BVH (GLB and FBX say their
own), `samples` how many frames to look at, `exports` paths that Blender then writes the scene to. OUT.json has one item
per file; see `BlenderScene` in run-blender.ts.
"""
import builtins
import json
import os
import struct
import sys

import bpy
import numpy

# Blender 3.4 on Debian 12 runs on a newer Python and NumPy than its importers were written for.
numpy.bool = bool
plain_open = builtins.open


def open_without_universal_newlines(file, mode="r", *rest, **named):
    return plain_open(file, mode.replace("U", "") or "r", *rest, **named)


builtins.open = open_without_universal_newlines


def import_file(path, scale):
    kind = os.path.splitext(path)[1].lower()
    if kind == ".bvh":
        bpy.ops.import_anim.bvh(
            filepath=path, global_scale=scale, update_scene_fps=True, update_scene_duration=True
        )
    elif kind == ".fbx":
        bpy.ops.import_scene.fbx(filepath=path)
    else:
        # glTF counts in seconds: the importer places keys by the scene's rate, which must be right beforehand.
        set_rate(rate_in_glb(path))
        bpy.ops.import_scene.gltf(filepath=path)


def export_file(path, armature):
    for track in armature.animation_data.nla_tracks:
        track.mute = False
    if path.endswith(".bvh"):
        first, last = (round(frame) for frame in armature.animation_data.action.frame_range)
        bpy.context.view_layer.objects.active = armature
        bpy.ops.export_anim.bvh(filepath=path, frame_start=first, frame_end=last)
    elif path.endswith(".fbx"):
        # By default the exporter leaves keys out, which moves joints by millimetres.
        bpy.ops.export_scene.fbx(filepath=path, add_leaf_bones=False, bake_anim_simplify_factor=0)
    else:
        bpy.ops.export_scene.gltf(filepath=path, export_format="GLB", export_frame_range=False)


def set_rate(fps):
    render = bpy.context.scene.render
    render.fps = max(1, round(fps))
    render.fps_base = render.fps / fps


def rate_in_glb(path):
    with open(path, "rb") as file:
        length = struct.unpack("<5I", file.read(20))[3]
        return json.loads(file.read(length))["asset"]["extras"]["fps"]


def inspect(job):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    import_file(job["path"], job["scale"])
    armatures = [thing for thing in bpy.data.objects if thing.type == "ARMATURE"]
    meshes = [thing for thing in bpy.data.objects if thing.type == "MESH"]
    armature = armatures[0]
    render = bpy.context.scene.render
    actions = list(bpy.data.actions)
    takes = [sample(armature, action, job["samples"]) for action in actions]
    for path in job["exports"]:
        export_file(path, armature)
    return {
        "fps": render.fps / render.fps_base,
        "armatures": len(armatures),
        "skinnedVertices": sum(len(mesh.data.vertices) for mesh in meshes if mesh.find_armature() == armature),
        "world": [list(row) for row in armature.matrix_world],
        "restHeads": {bone.name: world_point(armature, bone.head_local) for bone in armature.data.bones},
        "parents": {bone.name: bone.parent.name if bone.parent else None for bone in armature.data.bones},
        "takes": takes,
    }


def sample(armature, action, samples):
    data = armature.animation_data_create()
    for track in data.nla_tracks:
        track.mute = True
    for bone in armature.pose.bones:
        bone.matrix_basis.identity()
    data.action = action
    first, last = (round(frame) for frame in action.frame_range)
    steps = min(samples - 1, last - first)
    frames = [first + round((last - first) * step / max(1, steps)) for step in range(steps + 1)]
    heads = {bone.name: [] for bone in armature.pose.bones}
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        for bone in armature.pose.bones:
            heads[bone.name].append(world_point(armature, bone.head))
    return {"action": action.name, "first": first, "last": last, "frames": frames, "heads": heads}


def world_point(armature, point):
    return list(armature.matrix_world @ point)


jobs_path, out_path = sys.argv[sys.argv.index("--") + 1 :]
with open(jobs_path) as file:
    jobs = json.load(file)
with open(out_path, "w") as file:
    json.dump([inspect(job) for job in jobs], file)
