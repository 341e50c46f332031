// The few declarations of Unity that PoseMendImport.cs uses, so that a C# compiler can check it without Unity.
namespace UnityEngine
{
    public class Object { }
    public class Avatar : Object { public bool isHuman; }
    public class Animator : Object { public Avatar avatar; }
    public class GameObject : Object { public T GetComponent<T>() where T : class { return null; } }
    public static class Debug { public static void LogWarning(object message, Object context) { } }
}

namespace UnityEditor
{
    using UnityEngine;

    public enum ModelImporterAnimationType { None, Legacy, Generic, Human }
    public enum ModelImporterAvatarSetup { NoAvatar, CreateFromThisModel, CopyFromOther }
    public enum ModelImporterAnimationCompression { Off }
    public delegate void CallbackFunction();
    public class InitializeOnLoadMethodAttribute : System.Attribute { }
    public static class EditorApplication { public static CallbackFunction delayCall; }

    public class AssetImporter : Object
    {
        public string userData;
        public static AssetImporter GetAtPath(string path) { return null; }
        public void SaveAndReimport() { }
    }

    public class ModelImporterClipAnimation
    {
        public bool loopTime, keepOriginalOrientation, keepOriginalPositionXZ, keepOriginalPositionY;
    }

    public class ModelImporter : AssetImporter
    {
        public float globalScale;
        public bool useFileScale, importAnimation;
        public ModelImporterAnimationType animationType;
        public ModelImporterAvatarSetup avatarSetup;
        public ModelImporterAnimationCompression animationCompression;
        public ModelImporterClipAnimation[] clipAnimations, defaultClipAnimations;
    }

    public class AssetPostprocessor { public string assetPath; public AssetImporter assetImporter; }

    public static class AssetDatabase
    {
        public static string[] FindAssets(string filter) { return null; }
        public static string GUIDToAssetPath(string guid) { return guid; }
    }
}
