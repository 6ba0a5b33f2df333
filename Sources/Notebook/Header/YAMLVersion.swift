internal import CYAML

/// The library that reads the headers of scripts.
public enum YAMLLibrary {
    /// Its version, such as `0.2.5`, as it answers.
    public static var version: String {
        // A text of the library's own, closed by a zero.
        unsafe String(cString: yaml_get_version_string())
    }
}
