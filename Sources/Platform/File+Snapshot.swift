import Glibc

extension File {
    /// What is at a path at one moment, as far as it was looked at.
    public struct Snapshot: Sendable {
        private let path: Path
        /// What is there, at the end of the links if it is one; nil when nothing is.
        public let status: FileStatus?
        /// Whether the name is that of a symbolic link, be it one to nothing.
        public let isLink: Bool
        private var content: [UInt8]?

        /// Looks whether anything is at `path`, and what it is.
        ///
        /// - Throws: ``SystemError`` when a folder on the way may not be entered, or links go in circles.
        /// - Complexity: One system call, two for a link.
        public init(of path: Path) throws(SystemError) {
            self.path = path
            let named = try File.status(of: path, followingLinks: false)
            isLink = named?.kind == .symbolicLink
            status = isLink ? try File.status(of: path) : named
        }

        /// The bytes of the file, which is read when they are first asked for.
        ///
        /// - Throws: ``SystemError``; a folder "is a directory".
        public mutating func bytes() throws(SystemError) -> [UInt8] {
            if let content { return content }
            let bytes = try File.read(path)
            content = bytes
            return bytes
        }

        /// Whether there still is what was found: the bytes that were read, whatever has become of times.
        ///
        /// A file that was not read counts as it looked. Small changes within one step of the kernel's clock leave
        /// no trace in times, so that bytes are compared, and not times.
        ///
        /// - Throws: ``SystemError`` where that cannot be found out.
        public func isCurrent() throws(SystemError) -> Bool {
            let now = try Snapshot(of: path)
            guard let content else { return now.isLink == isLink && now.status == status }
            guard now.isLink == isLink, now.status?.kind == status?.kind,
                now.status?.byteCount == content.count
            else { return false }
            switch try File.contents(of: path) {
            case .bytes(let bytes): return bytes == content
            // The mapping lives until the bytes were compared.
            case .mapped(let file): return unsafe file.bytes.elementsEqual(content)
            }
        }

        /// Whether the file has exactly these bytes; one that may not be read does not.
        mutating func holds(_ bytes: [UInt8]) throws(SystemError) -> Bool {
            if let content { return content == bytes }
            guard status?.byteCount == bytes.count else { return false }
            do throws(SystemError) {
                return try self.bytes() == bytes
            } catch let error where error.code == EACCES {
                return false
            }
        }
    }
}
