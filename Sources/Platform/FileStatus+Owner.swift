import Glibc

extension FileStatus {
    /// Whether the file belongs to the person who runs the program.
    ///
    /// For root, files of the person who became root through sudo(8) count too, as in git.
    ///
    /// - Parameter environment: For `SUDO_UID`.
    /// - Returns: Whether it is theirs.
    public func isMine(_ environment: Environment) -> Bool {
        let me = geteuid()
        if owner == me { return true }
        guard me == 0, let text = environment["SUDO_UID"] else { return false }
        return UInt32(text) == owner
    }
}
