import Glibc

/// Making folders and going through them.
public enum Folder {
    /// Makes a folder, and those above it where they are missing; one that is there is fine.
    ///
    /// Follows `mkdir -p`: permissions are 0777 less the umask.
    ///
    /// - Throws: ``SystemError``; where a file is in the way, the reason is "not a directory".
    public static func create(_ path: Path) throws(SystemError) {
        do throws(SystemError) {
            try make(path)
        } catch let error where error.code == ENOENT && path.parent != path {
            try create(path.parent)
            try make(path)
        }
    }

    private static func make(_ path: Path) throws(SystemError) {
        do throws(SystemError) {
            try systemCall("mkdir", at: path) { unsafe mkdir($0, 0o777) }
        } catch let error where error.code == EEXIST {
            guard try File.status(of: path)?.kind == .folder else {
                throw SystemError(call: "mkdir", path: path, code: ENOTDIR)
            }
        }
    }
}
