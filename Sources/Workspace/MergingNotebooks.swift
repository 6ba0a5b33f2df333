internal import Git
internal import Notebook
internal import Platform

extension Checkout {
    /// Merges notebooks cell by cell where git's merge of lines would leave something that is none.
    ///
    /// What cannot be merged that way either is as on our side: always a notebook that Jupyter opens.
    var mergesNotebooks: ContentMerging {
        { sides, text in
            guard sides.path.fileExtension == "ipynb" else { return nil }
            if text.isClean, (try? NotebookReader(text.bytes)) != nil { return nil }
            let merge: NotebookMerge
            do throws(NotebookError) {
                merge = try NotebookMerge(
                    base: sides.base, ours: sides.ours, theirs: sides.theirs,
                    ourLabel: sides.ourLabel, theirLabel: sides.theirLabel)
            } catch {
                return MergedContent(bytes: sides.ours, isClean: false)
            }
            let isClean =
                merge.conflicts.isEmpty && merge.disputes.allSatisfy(\.isOfPrograms)
            return MergedContent(bytes: merge.bytes, isClean: isClean)
        }
    }
}
