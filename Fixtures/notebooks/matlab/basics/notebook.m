% ---
% jupyter:
%   jupytext:
%     text_representation:
%       extension: .m
%       format_name: percent
%       format_version: '1.3'
%   kernelspec:
%     display_name: MATLAB Kernel
%     language: matlab
%     name: jupyter_matlab_kernel
% ---

% %% [markdown]
% # Matrices

% %%
A = magic(3);
% a comment
%time is no magic
A'

% %%
x = 1; %% at the end

% %%
function y = f(x)
  y = x';
end

% %% [raw]
% raw
