import Glibc

/// Reading, replacing and asking about files.
public enum File {
    /// What a file holds.
    public enum Contents: Sendable {
        case bytes([UInt8])
        case mapped(MappedFile)
    }

    /// Reads all of a file, pipe or device; a large regular file is mapped into memory instead.
    ///
    /// - Throws: As ``read(_:)`` does.
    public static func contents(of path: Path) throws(SystemError) -> Contents {
        let descriptor = try Descriptor(opening: path, O_RDONLY)
        let status = try descriptor.status()
        if let file = MappedFile(descriptor, status) { return .mapped(file) }
        return .bytes(try read(descriptor, status))
    }

    /// Reads all of a file, pipe or device.
    ///
    /// The size is only a hint: a file that grows or shrinks meanwhile is read to where its end then
    /// is. Opening a named pipe waits for its writer.
    ///
    /// - Throws: ``SystemError``; a folder "is a directory", a file larger than memory is "too large".
    public static func read(_ path: Path) throws(SystemError) -> [UInt8] {
        let descriptor = try Descriptor(opening: path, O_RDONLY)
        return try read(descriptor, try descriptor.status())
    }

    private static func read(
        _ descriptor: borrowing Descriptor, _ status: FileStatus
    ) throws(SystemError) -> [UInt8] {
        guard status.kind != .folder else {
            throw SystemError(call: "read", path: descriptor.path, code: EISDIR)
        }
        return try Transfer.readToEnd(
            of: descriptor.number, path: descriptor.path, expectedByteCount: status.byteCount,
            isFile: status.kind == .regular)
    }

    /// What is at `path`, or `nil` when nothing is.
    ///
    /// - Parameters:
    ///   - path: The name to ask about.
    ///   - followingLinks: Whether a symbolic link is asked about its target; a link to nothing is
    ///     then nothing.
    /// - Returns: What is there.
    /// - Throws: ``SystemError`` when a folder on the way may not be entered.
    public static func status(
        of path: Path, followingLinks: Bool = true
    ) throws(SystemError) -> FileStatus? {
        var status = stat()
        do throws(SystemError) {
            try systemCall("stat", at: path) { name in
                // `status` outlives the call, which fills it.
                unsafe followingLinks ? stat(name, &status) : lstat(name, &status)
            }
        } catch let error where error.isNotFound {
            return nil
        }
        return FileStatus(status)
    }

    /// Whether this person may run the file, or enter the folder.
    ///
    /// Follows access(2).
    public static func isExecutable(_ path: Path) -> Bool {
        (try? systemCall("access", at: path) { unsafe access($0, X_OK) }) != nil
    }

    /// Whether this person may change the file, or what is in the folder.
    ///
    /// Follows access(2).
    public static func isWritable(_ path: Path) -> Bool {
        (try? systemCall("access", at: path) { unsafe access($0, W_OK) }) != nil
    }

    /// Whether two names stand for the same file, through links of either sort.
    ///
    /// Two names for nothing are not the same.
    public static func isSame(_ one: Path, _ other: Path) throws(SystemError) -> Bool {
        guard let identity = try status(of: one)?.identity else { return false }
        return try status(of: other)?.identity == identity
    }

    /// The absolute path, without links and without dots for folders.
    ///
    /// Follows realpath(3).
    public static func resolved(_ path: Path) throws(SystemError) -> Path {
        var resolved = path
        try systemCall("realpath", at: path) { name -> Int in
            // realpath allocates the text, closes it with a zero and leaves it to us to free.
            guard let text = unsafe realpath(name, nil) else { return -1 }
            defer { unsafe free(text) }
            resolved = unsafe Path(cString: text)
            return 0
        }
        return resolved
    }

    /// Sends everything written to the file system of `folder` to its device.
    ///
    /// One call at the end of a batch costs a tenth of flushing each file. Follows syncfs(2).
    public static func sync(_ folder: Path) throws(SystemError) {
        let descriptor = try Descriptor(opening: folder, O_RDONLY | O_DIRECTORY)
        let number = descriptor.number
        try systemCall("syncfs", folder) { syncfs(number) }
    }
}

/// Glibc shows its GNU functions only to C; one plain integer in, one out, needs no more than a name.
@_silgen_name("syncfs")
private func syncfs(_ descriptor: Int32) -> Int32
