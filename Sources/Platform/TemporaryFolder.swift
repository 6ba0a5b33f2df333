import Glibc

/// A folder for files that are needed for a moment, which only its owner may enter.
///
///     let scratch = try TemporaryFolder(environment: environment)
///     defer { scratch.remove() }
public struct TemporaryFolder: Sendable {
    /// Its absolute path.
    public let path: Path

    /// Makes an empty one.
    ///
    /// - Parameter environment: For `TMPDIR`.
    /// - Throws: ``SystemError`` where there is no place for it.
    ///
    /// Follows mkdtemp(3).
    public init(environment: Environment) throws(SystemError) {
        var parent = environment.path("TMPDIR") ?? "/tmp"
        if !parent.isAbsolute { parent = "/tmp" }
        var template = parent.appending("nbgit-XXXXXX").cName
        // mkdtemp replaces the six letters in place.
        try systemCall("mkdtemp", parent) { unsafe mkdtemp(&template) == nil ? -1 : 0 }
        path = Path(bytes: template.dropLast().map(UInt8.init(bitPattern:)))
    }

    /// Removes the folder and the files in it; there is no one left to tell when that fails.
    public func remove() {
        for file in Folder.walk(path, decide: { _ in .take }).taken {
            try? File.remove(path.appending(file.name))
        }
        _ = try? systemCall("rmdir", at: path) { unsafe rmdir($0) }
    }
}
