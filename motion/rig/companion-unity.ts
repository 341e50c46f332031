/**
 * An AssetPostprocessor that imports FBX files as Humanoid with an avatar of their own. Files that Unity imported
 * before it compiled the script are imported once more. The class's name says which files it is about: several
 * exports may lie in one project.
 */
export function unityScript(fileNames: readonly string[]): string {
  const files = fileNames.filter((name) => /\.fbx$/i.test(name));
  const list = files.map((name) => csharpText(name)).join(', ');
  return `${UNITY.replaceAll('CLASS_NAME', `PoseMendImport_${hashOf(files.join('\n'))}`).replace('FILE_NAMES', () => list)}`;
}

const UNITY = `// Imports the animations beside this file as Humanoid: keep both in one folder under Assets.
// Settings are made once; what you change in the Inspector afterwards stays.
#if UNITY_EDITOR
using System;
using System.IO;
using System.Runtime.CompilerServices;
using UnityEditor;
using UnityEngine;

public class CLASS_NAME : AssetPostprocessor
{
    static readonly string[] Files = { FILE_NAMES };
    const string Mark = "PoseMend";

    void OnPreprocessModel()
    {
        if (!IsOurs(assetPath) || assetImporter.userData == Mark) return;
        var importer = (ModelImporter)assetImporter;
        importer.userData = Mark;
        importer.globalScale = 1;
        importer.useFileScale = true;
        importer.importAnimation = true;
        // Together with the type this makes the avatar in one pass; copying one from another file would need two.
        importer.animationType = ModelImporterAnimationType.Human;
        importer.avatarSetup = ModelImporterAvatarSetup.CreateFromThisModel;
        importer.animationCompression = ModelImporterAnimationCompression.Off;
    }

    void OnPreprocessAnimation()
    {
        if (!IsOurs(assetPath)) return;
        var importer = (ModelImporter)assetImporter;
        if (importer.clipAnimations.Length > 0) return;
        // Frames and rate are the file's own; a take does not loop, and stays where it was recorded.
        var clips = importer.defaultClipAnimations;
        foreach (var clip in clips)
        {
            clip.loopTime = false;
            clip.keepOriginalOrientation = true;
            clip.keepOriginalPositionXZ = true;
            clip.keepOriginalPositionY = true;
        }
        importer.clipAnimations = clips;
    }

    void OnPostprocessModel(GameObject model)
    {
        if (!IsOurs(assetPath)) return;
        var animator = model.GetComponent<Animator>();
        if (animator != null && animator.avatar != null && !animator.avatar.isHuman)
            Debug.LogWarning(assetPath + ": Unity did not find a Humanoid; open Rig > Configure", model);
    }

    // Files that came into the project together with this script were imported before it was compiled.
    [InitializeOnLoadMethod]
    static void ImportAgain()
    {
        EditorApplication.delayCall += () =>
        {
            foreach (var guid in AssetDatabase.FindAssets("t:Model"))
            {
                var path = AssetDatabase.GUIDToAssetPath(guid);
                if (!IsOurs(path)) continue;
                var importer = AssetImporter.GetAtPath(path) as ModelImporter;
                if (importer != null && importer.userData != Mark) importer.SaveAndReimport();
            }
        };
    }

    static bool IsOurs(string path)
    {
        return Array.IndexOf(Files, Path.GetFileName(path)) >= 0
            && string.Equals(Path.GetDirectoryName(Path.GetFullPath(path)), Folder(), StringComparison.OrdinalIgnoreCase);
    }

    static string Folder([CallerFilePath] string script = "")
    {
        return Path.GetDirectoryName(Path.GetFullPath(script));
    }
}
#endif
`;

function csharpText(value: string): string {
  const escaped = value.replace(/[\\"]|[^ -~]/g, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
  return `"${escaped}"`;
}

/** FNV-1a, 32 bits, hexadecimal. */
function hashOf(value: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
