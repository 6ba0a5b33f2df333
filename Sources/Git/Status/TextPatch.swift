internal import Clibgit2

/// The difference between two files line by line, as git prints it.
public struct TextPatch: Sendable {
    /// A line and what became of it.
    public enum Line: Hashable, Sendable {
        case same([UInt8])
        case removed([UInt8])
        case added([UInt8])
        /// The line above has no line end.
        case unended

        /// The length of its text with its end.
        public var byteCount: Int {
            switch self {
            case .same(let text), .removed(let text), .added(let text): text.count
            case .unended: 0
            }
        }
    }

    /// Some changed lines and what stands around them.
    public struct Hunk: Sendable {
        /// The line `@@ -1,2 +1,3 @@ …`, without its end.
        public let header: [UInt8]
        /// The lines, with their ends.
        public let lines: [Line]
    }

    /// From the top; none for equal files.
    public let hunks: [Hunk]

    /// Compares two texts with git's own algorithm and three lines around each change.
    ///
    /// - Throws: ``GitError`` where libgit2 gives up, as for files beyond 1 GB.
    public init(from old: [UInt8], to new: [UInt8]) throws(GitError) {
        var options = git_diff_options()
        try check(
            "git_diff_options_init",
            git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
        options.flags = GIT_DIFF_INDENT_HEURISTIC.rawValue | GIT_DIFF_FORCE_TEXT.rawValue
        let patch = try made("git_patch_from_buffers") { patch in
            old.withUnsafeBytes { old in
                new.withUnsafeBytes { new in
                    git_patch_from_buffers(
                        &patch, old.baseAddress, old.count, nil, new.baseAddress, new.count, nil,
                        &options)
                }
            }
        }
        defer { git_patch_free(patch) }
        var hunks: [Hunk] = []
        for number in 0..<git_patch_num_hunks(patch) {
            var hunk: UnsafePointer<git_diff_hunk>?
            var count = 0
            try check(
                "git_patch_get_hunk", git_patch_get_hunk(&hunk, &count, patch, number))
            guard let hunk else { continue }
            let header = withUnsafeBytes(of: hunk.pointee.header) {
                Array($0.prefix(hunk.pointee.header_len))
            }
            var lines: [Line] = []
            for place in 0..<count {
                var line: UnsafePointer<git_diff_line>?
                try check(
                    "git_patch_get_line_in_hunk",
                    git_patch_get_line_in_hunk(&line, patch, number, place))
                if let line = line?.pointee { lines.append(Line(line)) }
            }
            hunks.append(Hunk(header: header.filter { $0 != 0x0A }, lines: lines))
        }
        self.hunks = hunks
    }

    /// Whether git would call it binary: a zero among the first 8,000 bytes.
    public static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8_000).contains(0) }
}

extension TextPatch.Line {
    fileprivate init(_ line: git_diff_line) {
        let bytes = Array(
            UnsafeRawBufferPointer(start: line.content, count: line.content_len))
        switch UInt8(bitPattern: line.origin) {
        case UInt8(ascii: "+"): self = .added(bytes)
        case UInt8(ascii: "-"): self = .removed(bytes)
        case UInt8(ascii: " "): self = .same(bytes)
        default: self = .unended
        }
    }
}
