import Glibc

extension File {
    /// Reads a file piece by piece, from its beginning.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - body: Is given up to 1 MiB at a time, and says whether to go on.
    /// - Throws: ``SystemError`` where it cannot be read.
    public static func eachPiece(
        of path: Path, _ body: (ArraySlice<UInt8>) -> Bool
    ) throws(SystemError) {
        let descriptor = try Descriptor(opening: path, O_RDONLY)
        let number = descriptor.number
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            // The kernel writes at most as many bytes as the array has.
            let count = try systemCall("read", path) {
                unsafe Glibc.read(number, &piece, piece.count)
            }
            guard count > 0, body(piece.prefix(count)) else { return }
        }
    }
}
