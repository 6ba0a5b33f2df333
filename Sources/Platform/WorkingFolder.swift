import Glibc

/// The folder that relative paths start from.
public enum WorkingFolder {
    /// Its absolute path, without links.
    ///
    /// Follows getcwd(3).
    public static func path() throws(SystemError) -> Path {
        try File.resolved(".")
    }

    /// Makes `path` the working folder of the whole program.
    ///
    /// Follows chdir(2).
    public static func change(to path: Path) throws(SystemError) {
        try systemCall("chdir", at: path) { unsafe chdir($0) }
    }
}
