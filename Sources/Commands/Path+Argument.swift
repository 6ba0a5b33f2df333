public import Arguments
public import Platform

extension Path: ArgumentValue {
    /// Takes the bytes of a word that is not empty, valid UTF-8 or not.
    public init(argument: String) throws(UsageError) {
        guard !argument.isEmpty else { throw UsageError("'' is not a path") }
        self.init(word: argument)
    }
}
