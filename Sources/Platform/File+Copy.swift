import Glibc

extension File {
    /// Makes `copy` a file with the content and the modification time of `original`.
    ///
    /// - Parameters:
    ///   - original: The file to read.
    ///   - copy: The new file; there must be none.
    /// - Returns: Whether there was an original; if not, nothing is made.
    /// - Throws: ``SystemError`` with the failing call and path.
    public static func copy(_ original: Path, to copy: Path) throws(SystemError) -> Bool {
        guard let status = try status(of: original) else { return false }
        let bytes = try read(original)
        let descriptor = try Descriptor(
            opening: copy, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, permissions: 0o600)
        let number = descriptor.number
        try Transfer.write(bytes, to: number, path: copy)
        let time = timespec(
            tv_sec: status.modified.seconds, tv_nsec: status.modified.nanoseconds)
        // Two times, as stated; the array outlives the call.
        try systemCall("futimens", copy) { unsafe futimens(number, [time, time]) }
        return true
    }

    /// Removes a file; one that is not there is fine.
    public static func remove(_ path: Path) throws(SystemError) {
        do throws(SystemError) {
            try systemCall("unlink", at: path) { unsafe unlink($0) }
        } catch let error where error.isNotFound {
            return
        }
    }

    /// Adds bytes to the end of a file, in one piece; the file is made where it is missing.
    public static func append(_ bytes: [UInt8], to path: Path) throws(SystemError) {
        let descriptor = try Descriptor(
            opening: path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, permissions: 0o666)
        try Transfer.write(bytes, to: descriptor.number, path: path)
    }
}

extension File {
    /// Reads the last bytes of a file; of a shorter one all, of one that is not there none.
    public static func readEnd(of path: Path, byteCount: Int) throws(SystemError) -> [UInt8] {
        do throws(SystemError) {
            let descriptor = try Descriptor(opening: path, O_RDONLY)
            let number = descriptor.number
            let offset = max(0, try descriptor.status().byteCount - byteCount)
            try systemCall("lseek", path) { lseek(number, off_t(offset), SEEK_SET) }
            return try Transfer.readToEnd(of: number, path: path, expectedByteCount: byteCount)
        } catch let error where error.isNotFound {
            return []
        }
    }
}
