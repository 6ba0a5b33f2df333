internal import Clibgit2
internal import Platform

/// Brings the three sides of single files together.
///
/// Follows `handle_content_merge` of git's merge-ort.c, and ll-merge.c.
struct ContentMerge {
    /// What came of one file.
    struct Result {
        /// The file, with the path of our side.
        let file: FileChange.Side
        let isClean: Bool
        /// Whether the file has one side's content though it is in conflict.
        var isUnmarked = false
    }

    /// How far it is from a person: in a merge that makes a common ancestor, conflicts stay in the file.
    let depth: Int
    let labels: MergeLabels
    private let repository: Repository
    private let merging: ContentMerging?
    private let style: UInt32
    private let attributes: AttributeRules

    init(
        _ repository: Repository, labels: MergeLabels, depth: Int, merging: ContentMerging?
    ) throws(GitError) {
        self.repository = repository
        self.labels = labels
        self.depth = depth
        self.merging = merging
        attributes = try repository.attributeRules()
        switch try repository.configuration.string("merge.conflictstyle")?.lowercased() {
        case "diff3": style = GIT_MERGE_FILE_STYLE_DIFF3.rawValue
        case "zdiff3": style = GIT_MERGE_FILE_STYLE_ZDIFF3.rawValue
        default: style = GIT_MERGE_FILE_STYLE_MERGE.rawValue
        }
    }

    /// Merges content and mode of a file that is of the same type on both sides.
    ///
    /// - Parameters:
    ///   - path: Where it is to be, for its attributes.
    ///   - base: What both sides began from; nil where each added it.
    ///   - ours: Our side.
    ///   - theirs: The other side.
    /// - Returns: The file; of one that could not be merged, what is left for a person.
    /// - Throws: ``GitError`` where an object is missing, or a program that merges breaks down.
    func merged(
        _ path: Path, base: FileChange.Side?, ours: FileChange.Side, theirs: FileChange.Side
    ) throws(GitError) -> Result {
        let takesTheirMode = ours.mode == theirs.mode || ours.mode == base?.mode
        let mode = takesTheirMode ? theirs.mode : ours.mode
        let isModeClean = takesTheirMode || theirs.mode == base?.mode
        func result(_ id: ObjectID?, _ isClean: Bool, isUnmarked: Bool = false) -> Result {
            Result(
                file: .init(path: path, mode: mode, id: id), isClean: isClean && isModeClean,
                isUnmarked: isUnmarked)
        }
        if ours.id == theirs.id || ours.id == base?.id { return result(theirs.id, true) }
        if theirs.id == base?.id { return result(ours.id, true) }
        guard ours.mode.isFile else {
            // There is nothing in a link or a submodule that could be merged.
            return result(depth > 0 ? base?.id ?? ours.id : ours.id, false, isUnmarked: true)
        }
        // A base of another type is as good as none.
        let usable = base.flatMap { $0.mode.isFile ? $0 : nil }
        let merged = try content(path, base: usable, ours: ours, theirs: theirs)
        let id = try repository.write(merged.content.bytes, kind: GIT_OBJECT_BLOB)
        return result(id, merged.content.isClean, isUnmarked: merged.isUnmarked)
    }

    private func content(
        _ path: Path, base: FileChange.Side?, ours: FileChange.Side, theirs: FileChange.Side
    ) throws(GitError) -> (content: MergedContent, isUnmarked: Bool) {
        let isMoved = ours.path != theirs.path || base.map { $0.path != ours.path } ?? false
        let ourLabel = MergeLabels.label(labels.ours, ours, isMoved: isMoved)
        let theirLabel = MergeLabels.label(labels.theirs, theirs, isMoved: isMoved)
        let sides = ContentSides(
            path: path, base: try base.map { side throws(GitError) in try content(of: side) },
            ours: try content(of: ours), theirs: try content(of: theirs),
            ourLabel: String(decoding: ourLabel, as: UTF8.self),
            theirLabel: String(decoding: theirLabel, as: UTF8.self))
        let attributes = attributes.attributes(of: path, .workTreeFirst)
        let markerSize = Self.markerSize(attributes["conflict-marker-size"] ?? .unspecified)
        let driver = try MergeDriver(attributes["merge"] ?? .unspecified, repository)
        if case .program(let name, let commandLine) = driver {
            let merged = try repository.merged(by: name, commandLine, sides, markerSize: markerSize)
            return (merged, false)
        }
        let isBinary = [sides.base ?? [], sides.ours, sides.theirs].contains(
            where: TextPatch.isBinary)
        if case .binary = driver { return (unmerged(sides), true) }
        guard !isBinary else { return (unmerged(sides), true) }
        var isUnion = false
        if case .union = driver { isUnion = true }
        let ancestor = MergeLabels.label(labels.ancestor ?? [], base, isMoved: isMoved)
        let text = try TextMerge(
            labels: (ancestor, ourLabel, theirLabel), markerSize: markerSize + 2 * depth,
            style: style, isUnion: isUnion
        ).merged(sides)
        guard let better = isUnion ? nil : merging?(sides, text) else { return (text, false) }
        return (better, false)
    }

    /// Our side, or in a merge that makes a common ancestor what was there before.
    private func unmerged(_ sides: ContentSides) -> MergedContent {
        MergedContent(bytes: depth > 0 ? sides.base ?? sides.ours : sides.ours, isClean: false)
    }

    private func content(of side: FileChange.Side) throws(GitError) -> [UInt8] {
        guard let id = side.id else { return [] }
        return try repository.content(of: id)
    }

    private static func markerSize(_ attribute: AttributeValue) -> Int {
        let standard = Int(GIT_MERGE_CONFLICT_MARKER_SIZE)
        guard case .word(let text) = attribute, let size = Int(text), (1...1000).contains(size)
        else { return standard }
        return size
    }
}

/// A three-way merge of lines, by libgit2.
private struct TextMerge {
    let labels: (ancestor: [UInt8], ours: [UInt8], theirs: [UInt8])
    let markerSize: Int
    let style: UInt32
    let isUnion: Bool

    func merged(_ sides: ContentSides) throws(GitError) -> MergedContent {
        var options = git_merge_file_options()
        try check(
            "git_merge_file_options_init",
            git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)))
        options.flags = style
        options.marker_size = UInt16(markerSize)
        if isUnion { options.favor = GIT_MERGE_FILE_FAVOR_UNION }
        var result = git_merge_file_result()
        defer { git_merge_file_result_free(&result) }
        let answer = withCStrings([labels.ancestor, labels.ours, labels.theirs]) { names in
            options.ancestor_label = names[0]
            options.our_label = names[1]
            options.their_label = names[2]
            return Self.withInput(sides.base) { base in
                Self.withInput(sides.ours) { ours in
                    Self.withInput(sides.theirs) { theirs in
                        git_merge_file(&result, base, ours, theirs, &options)
                    }
                }
            }
        }
        try check("git_merge_file", answer)
        let bytes = UnsafeRawBufferPointer(start: result.ptr, count: result.len)
        return MergedContent(bytes: Array(bytes), isClean: isUnion || result.automergeable != 0)
    }

    private static func withInput(
        _ bytes: [UInt8]?, _ body: (UnsafePointer<git_merge_file_input>?) -> Int32
    ) -> Int32 {
        guard let bytes else { return body(nil) }
        return bytes.withUnsafeBytes { buffer in
            var input = git_merge_file_input()
            git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
            input.ptr = buffer.bindMemory(to: CChar.self).baseAddress
            input.size = buffer.count
            return body(&input)
        }
    }
}
