% ---
% jupyter:
%   jupytext:
%     text_representation:
%       extension: .m
%       format_name: percent
%       format_version: '1.3'
%   kernelspec:
%     display_name: Octave
%     language: octave
%     name: octave
% ---

% %% [markdown]
% Octave too.

% %%
%plot inline
x = linspace(0, 1, 3)

% %%
printf("%d\n", 5);
# also a comment
