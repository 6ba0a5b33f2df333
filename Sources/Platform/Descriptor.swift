import Glibc

/// An open file, closed when it goes out of scope.
struct Descriptor: ~Copyable {
    let number: Int32
    /// The name it was opened by, for errors.
    let path: Path

    /// Takes over a descriptor that someone else opened.
    init(adopting number: Int32, path: Path) {
        self.number = number
        self.path = path
    }

    /// Opens `path`; the descriptor is never handed to child processes.
    init(opening path: Path, _ flags: Int32, permissions: Permissions = 0) throws(SystemError) {
        self.path = path
        number = try systemCall("open", at: path) { name in
            unsafe open(name, flags | O_CLOEXEC, permissions.rawValue)
        }
    }

    /// Opens the folder `name` in the open folder `parent`; a symbolic link is refused.
    init(openingFolder name: Path, in parent: Int32, path: Path) throws(SystemError) {
        self.path = path
        do throws(SystemError) {
            number = try systemCall("openat", at: name) { name in
                unsafe openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
        } catch {
            throw SystemError(call: error.call, path: path, code: error.code)
        }
    }

    deinit {
        close(number)
    }

    borrowing func status() throws(SystemError) -> FileStatus {
        var status = stat()
        let number = self.number
        // `status` outlives the call, which fills it.
        try systemCall("fstat", path) { unsafe fstat(number, &status) }
        return FileStatus(status)
    }

    /// What has a name in this folder; nil where nothing has, or nobody may look.
    ///
    /// Follows fstatat(2).
    borrowing func status(of name: Path, flags: Int32) -> FileStatus? {
        var status = stat()
        let number = self.number
        // `status` outlives the call, which fills it.
        guard unsafe name.withCName({ unsafe fstatat(number, $0, &status, flags) }) == 0
        else { return nil }
        return FileStatus(status)
    }

    /// Sends what was written to the device.
    ///
    /// Follows fsync(2).
    borrowing func flush() throws(SystemError) {
        let number = self.number
        try systemCall("fsync", path) { fsync(number) }
    }
}
