import Glibc

/// The permission bits that new files and folders do not get.
public enum CreationMask {
    /// Does something under another mask.
    ///
    /// The mask is that of the whole process: what other threads make meanwhile gets it too, and so do
    /// programs that are started.
    ///
    /// - Parameters:
    ///   - change: Makes the mask of the one in force.
    ///   - body: What to do.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; the old mask is back then too.
    ///
    /// Follows umask(2).
    public static func with<Result: ~Copyable, Failure>(
        _ change: (Permissions) -> Permissions, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // There is no call that only asks for it.
        let old = umask(0o777)
        umask(change(Permissions(rawValue: old)).rawValue)
        defer { umask(old) }
        return try body()
    }
}
