import Glibc

/// The name of a place in the file system, byte for byte as the kernel keeps it.
///
/// A file name on Linux is any bytes but zero and `/`; it need not be UTF-8. A `Path` taken from a
/// folder opens the same file again whatever its bytes are. Nothing is normalised: `a//b` stays so.
/// To show one to a person, use ``displayName``.
public struct Path: Hashable, Sendable {
    /// The bytes of the name, without a closing zero; may be empty.
    public let bytes: [UInt8]

    /// Takes a name as it stands; a zero byte in it makes every use fail with `EINVAL`.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes the UTF-8 bytes of `string`.
    public init(_ string: String) {
        bytes = Array(string.utf8)
    }

    /// The name as text, or `nil` when it is not valid UTF-8.
    public var string: String? {
        String(utf8: bytes.span)
    }

    /// Whether the path starts at the root.
    public var isAbsolute: Bool {
        bytes.first == .slash
    }

    /// Whether the last component starts with a period, as in `.git`.
    public var isHidden: Bool {
        nameBytes.first == .period
    }

    /// The last component, without closing slashes; the root is its own.
    ///
    /// Follows basename(3).
    public var name: Path {
        let name = nameBytes
        return name.count == bytes.count ? self : Path(bytes: Array(name))
    }

    /// The bytes of ``name``, where they stand.
    public var nameBytes: ArraySlice<UInt8> {
        let trimmed = withoutClosingSlashes
        guard let slash = trimmed.lastIndex(of: .slash), trimmed.count > 1 else { return trimmed }
        return trimmed[(slash + 1)...]
    }

    /// The folder that holds the last component.
    ///
    /// It is `.` for a bare name and the root for the root. Follows dirname(3).
    public var parent: Path {
        parentBytes.map { Path(bytes: Array($0)) } ?? "."
    }

    /// Whether ``parent`` is `folder`; found out without making it.
    public func isDirectly(in folder: Path) -> Bool {
        guard let parent = parentBytes else { return folder.isWorkingFolder }
        return parent.count == folder.bytes.count
            && Self.order(bytes, folder.bytes, parent.count) == 0
    }

    /// ``parent``, or nil where it is `.` because there is no slash.
    private var parentBytes: ArraySlice<UInt8>? {
        guard let slash = withoutClosingSlashes.lastIndex(of: .slash) else { return nil }
        return bytes[...(bytes[..<slash].lastIndex { $0 != .slash } ?? 0)]
    }

    /// Whether it is `.`, the folder that one is in.
    public var isWorkingFolder: Bool { bytes.count == 1 && bytes[0] == .period }

    /// Whether it is `..`, the folder above the one that one is in.
    public var isFolderAbove: Bool {
        bytes.count == 2 && bytes[0] == .period && bytes[1] == .period
    }

    /// The path of `other` seen from this folder; `other` itself when it is absolute.
    public func appending(_ other: Path) -> Path {
        guard !other.isAbsolute, !bytes.isEmpty, !isWorkingFolder else { return other }
        guard !other.bytes.isEmpty else { return self }
        return joined(other.bytes[...])
    }

    /// The path of what has the bytes of a name that is no absolute one, seen from this folder.
    public func appending(_ name: ArraySlice<UInt8>) -> Path {
        bytes.isEmpty || isWorkingFolder ? Path(bytes: Array(name)) : joined(name)
    }

    /// This path, a slash where it does not end with one, and `name`.
    ///
    /// Put together on the stack and copied once: an array that grows takes four times as long.
    private func joined(_ name: ArraySlice<UInt8>) -> Path {
        let start = bytes.count + (bytes.last == .slash ? 0 : 1)
        let count = start + name.count
        return unsafe withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { room in
            // The room is as long as both and the slash between them, and all of it is written.
            unsafe bytes.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
            unsafe room[start - 1] = .slash
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[start...])
            unsafe name.withUnsafeBytes { unsafe rest.copyMemory(from: $0) }
            return unsafe Path(bytes: Array(room))
        }
    }

    /// The rest of this path below `folder`, or `nil` when it does not begin with that folder.
    ///
    /// Compares bytes; resolve links and `..` first (``File/resolved(_:)``). A folder is `.` below itself.
    public func relative(to folder: Path) -> Path? {
        let base = folder.withoutClosingSlashes
        guard bytes.count >= base.count, Self.order(bytes, folder.bytes, base.count) == 0
        else { return nil }
        let rest = bytes[base.count...]
        guard !rest.allSatisfy({ $0 == .slash }) else { return "." }
        guard base.last == .slash || rest.first == .slash else { return nil }
        return Path(bytes: Array(rest.drop { $0 == .slash }))
    }

    /// The path without closing slashes, except that the root stays `/`.
    private var withoutClosingSlashes: ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(where: { $0 != .slash }) else { return bytes.prefix(1) }
        return bytes[...last]
    }
}

extension Path {
    /// Hashes all bytes at once, which takes a fifth of the time that an array takes byte by byte.
    public func hash(into hasher: inout Hasher) {
        // The hasher reads the array's bytes and keeps none.
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}

extension Path: Comparable {
    /// Compares all bytes at once.
    public static func == (left: Path, right: Path) -> Bool {
        left.bytes.count == right.bytes.count
            && order(left.bytes, right.bytes, left.bytes.count) == 0
    }

    /// Orders by bytes, as git orders names.
    public static func < (left: Path, right: Path) -> Bool {
        let order = order(left.bytes, right.bytes, min(left.bytes.count, right.bytes.count))
        return order != 0 ? order < 0 : left.bytes.count < right.bytes.count
    }

    /// How the first `count` bytes of two names that have as many are ordered: below 0, 0, above 0.
    ///
    /// Follows memcmp(3), which takes a tenth of the time of Swift's own comparisons of sequences.
    private static func order(_ one: [UInt8], _ other: [UInt8], _ count: Int) -> Int32 {
        precondition(count <= one.count && count <= other.count, "Only bytes that are there count.")
        return unsafe one.withUnsafeBytes { one in
            unsafe other.withUnsafeBytes { other in
                // Both are that long; without a byte to compare nothing is looked at.
                guard let left = one.baseAddress, let right = other.baseAddress else { return 0 }
                return unsafe memcmp(left, right, count)
            }
        }
    }
}

extension Path: ExpressibleByStringLiteral {
    /// Takes the UTF-8 bytes of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension UInt8 {
    static let slash = UInt8(ascii: "/")
    static let period = UInt8(ascii: ".")
}
