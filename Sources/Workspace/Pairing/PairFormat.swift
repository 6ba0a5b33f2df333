internal import Notebook
internal import Platform

/// Where one face of a pair lies, and what it is, in jupytext's words.
///
///     ipynb                    beside the other face
///     scripts//py:percent      in the folder 'scripts' below the notebook's
///     notebooks///ipynb        in the tree 'notebooks', at the same place as in the other face's tree
///     .pct.py:percent          called 'name.pct.py'
///     s_/py:percent            called 's_name.py'
///
/// Follows jupytext, "Paired notebooks".
struct PairFormat: Hashable, Sendable {
    /// The format of the file.
    let format: FileFormat
    /// The folder at whose place the other face's tree has another; nil without one.
    private let root: Path?
    /// The folder below that of the other face; `.` for the same.
    private let folder: Path
    private let prefix: [UInt8]
    private let suffix: [UInt8]

    /// Reads one format; nil for what is none, or one that is neither notebook nor percent script.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let last = parts.last else { return nil }
        let dot = last.prefix { $0 != ":" }.lastIndex(of: ".")
        let name = dot.map { last[last.index(after: $0)...] } ?? last[...]
        guard let format = FileFormat(String(name)) else { return nil }
        self.format = format
        suffix = dot.map { Array(last[..<$0].utf8) } ?? []
        // What stands before the last slash; a slash more ends a folder, two more end a root.
        let place = parts.dropLast().joined(separator: "/")
        let rootEnd = place.lastRange(ofDoubleSlash: ())
        root = rootEnd.map { Path(String(place[..<$0.lowerBound])) }
        let rest = rootEnd.map { place[$0.upperBound...] } ?? place[...]
        let slash = rest.lastIndex(of: "/")
        folder = slash.map { Path(String(rest[..<$0])) } ?? "."
        prefix = Array((slash.map { rest[rest.index(after: $0)...] } ?? rest).utf8)
    }

    /// What two faces of a pair have in common.
    struct Stem: Hashable {
        /// The folder that holds the trees of both; nil when they have none of their own.
        var top: Path?
        var folder: Path
        var name: [UInt8]
    }

    /// What the file at `path` has in common with its other face; nil when it is not called as this format
    /// says, and when the format climbs out of the folder, so that nobody knows where the other lies.
    func stem(of path: Path) -> Stem? {
        guard let fileExtension = path.fileExtension, isCalled(fileExtension),
            !folder.components.contains("..")
        else { return nil }
        var name = path.name.withoutExtension.bytes[...]
        guard name.starts(with: prefix), name.count >= prefix.count + suffix.count,
            name.suffix(suffix.count).elementsEqual(suffix)
        else { return nil }
        name = name.dropFirst(prefix.count).dropLast(suffix.count)
        var folders = path.parent.components
        guard folders.suffix(folder.components.count) == folder.components[...] else { return nil }
        folders.removeLast(folder.components.count)
        let start: Path = path.isAbsolute ? "/" : "."
        guard let root else {
            return Stem(top: nil, folder: start.appending(folders), name: Array(name))
        }
        let count = root.components.count
        let place = folders.indices.last { place in
            folders[place...].prefix(count) == root.components[...]
        }
        guard let place else { return nil }
        return Stem(
            top: start.appending(folders[..<place]),
            folder: Path(".").appending(folders[(place + count)...]), name: Array(name))
    }

    /// Where this face of `stem` lies; nil when it has no place in this format.
    ///
    /// For `auto` it has the `fileExtension` of the notebook's language.
    func path(of stem: Stem, fileExtension: String?) -> Path? {
        guard let ending = format.fileExtension ?? fileExtension, (root == nil) == (stem.top == nil)
        else { return nil }
        let name = Path(bytes: prefix + stem.name + suffix + Array(".\(ending)".utf8))
        let tree = root.flatMap { root in stem.top?.appending(root) } ?? "."
        return tree.appending(stem.folder).appending(folder).appending(name).normalized
    }

    private func isCalled(_ fileExtension: String) -> Bool {
        format.fileExtension.map { $0 == fileExtension }
            ?? (FileFormat(fileExtension: fileExtension).map { !$0.isNotebook } ?? false)
    }
}

extension String {
    /// Where the last two slashes in a row stand.
    fileprivate func lastRange(ofDoubleSlash: Void) -> Range<Index>? {
        var end = endIndex
        while let slash = self[..<end].lastIndex(of: "/"), slash > startIndex {
            let before = index(before: slash)
            if self[before] == "/" { return before..<index(after: slash) }
            end = slash
        }
        return nil
    }
}

extension Path {
    /// The path with one component behind the other.
    fileprivate func appending(_ components: some Collection<Path>) -> Path {
        components.reduce(self) { $0.appending($1) }
    }
}
