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

    /// Removes a folder if nothing is in it; one that is not there is fine.
    ///
    /// Follows rmdir(2).
    ///
    /// - Throws: ``SystemError`` where it could not be looked at or removed; that something is in it
    ///   is no error.
    public static func removeIfEmpty(_ path: Path) throws(SystemError) {
        do throws(SystemError) {
            try systemCall("rmdir", at: path) { unsafe rmdir($0) }
        } catch let error where error.isNotFound || error.code == ENOTEMPTY || error.code == EEXIST
        {
            return
        }
    }

    /// Gives a folder another name on the same file system, in one step.
    ///
    /// Follows rename(2).
    public static func move(_ path: Path, to target: Path) throws(SystemError) {
        let (from, to) = (path.cName, target.cName)
        try systemCall("rename", path) { unsafe rename(from, to) }
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
