internal import Platform

/// What the sides of a merge are called where a person reads it: behind conflict markers, in names of files.
struct MergeLabels {
    /// The side that is checked out, such as `HEAD`.
    var ours: [UInt8]
    /// The other side, such as the name of a branch or commit.
    var theirs: [UInt8]
    /// What both began from; nil for git's own words.
    var ancestor: [UInt8]?

    /// The names in a merge that makes one common ancestor of several.
    ///
    /// Follows `merge_ort_internal` of git's merge-ort.c.
    static let virtual = MergeLabels(
        ours: Array("Temporary merge branch 1".utf8),
        theirs: Array("Temporary merge branch 2".utf8), ancestor: nil)

    /// The label of a side in a file, which says where the file is on that side if that is not the same on all.
    static func label(_ name: [UInt8], _ file: FileChange.Side?, isMoved: Bool) -> [UInt8] {
        guard isMoved, let file else { return name }
        return name + Array(":".utf8) + file.path.bytes
    }
}
