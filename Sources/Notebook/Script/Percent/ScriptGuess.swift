/// Looks at a script that does not say what it is.
enum ScriptGuess {
    /// Whether a line outside strings runs a magic as it stands, so that comments are comments.
    static func hasBareMagic(_ text: ScriptText, language: Language) -> Bool {
        let magic = Magic(languageName: language.name, script: language, commentsMagics: true)
        var found = false
        forEachLineOutsideStrings(text, language) { line in
            found =
                found
                || !line.has(language.comment.prefix, at: line.countOfLeadingSpace)
                    && magic.isMagic(line, countsHelpSuffix: false)
        }
        return found
    }

    /// Whether a line outside strings is a marker in the form that editors write: `# %%`, `#%%`, `# In[1]`.
    static func hasMarker(_ text: ScriptText, language: Language) -> Bool {
        let marker = CellMarker(language.comment, acceptsBareDepth: false)
        var found = false
        forEachLineOutsideStrings(text, language) { line in
            found = found || line.has(language.comment.prefix, at: 0) && marker.matches(line)
        }
        return found
    }

    private static func forEachLineOutsideStrings(
        _ text: ScriptText, _ language: Language, _ visit: (Span<UInt8>) -> Void
    ) {
        var tracker = QuoteTracker(languageName: language.name, script: language)
        for number in text.lines.indices {
            tracker.read(text[number])
            if !tracker.isInString { visit(text[number]) }
        }
    }
}
