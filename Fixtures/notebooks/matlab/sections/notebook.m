% ---
% jupyter:
%   jupytext:
%     text_representation:
%       extension: .m
%       format_name: percent
%       format_version: '1.3'
%   kernelspec:
%     display_name: MATLAB
%     language: matlab
%     name: matlab
% ---

% %%
%% Section one
x = 1;

% %% nbgit={"markers": "escaped"}
%\%%
y = 2;
